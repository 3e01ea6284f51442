// Command register gives a Temporal server what Lockstep expects of it: the namespace and the search attributes.
// What is there already stays as it is. It tries until the deadline, so it also waits for a server that is starting.
// It prints "registered" where it changed something: a server knows that for certain only after its next start, because
// each of its services reads namespaces at its start and then now and then.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/durationpb"
)

func main() {
	address := flag.String("address", "127.0.0.1:7233", "host and port of the server's frontend")
	namespace := flag.String("namespace", "default", "namespace to register")
	retention := flag.Duration("retention", 72*time.Hour, "how long the namespace keeps closed runs")
	keywords := flag.String("keywords", "", "search attributes of type keyword, separated by commas")
	patience := flag.Duration("patience", time.Minute, "how long to try")
	flag.Parse()

	deadline, cancel := context.WithTimeout(context.Background(), *patience)
	defer cancel()
	connection, err := grpc.NewClient(*address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		fail(err)
	}
	defer connection.Close()
	server := &registrar{
		workflows: workflowservice.NewWorkflowServiceClient(connection),
		operator:  operatorservice.NewOperatorServiceClient(connection),
		namespace: *namespace,
	}
	for {
		err = server.register(deadline, *retention, strings.Split(*keywords, ","))
		if err == nil {
			if server.changed {
				fmt.Println("registered")
			}
			return
		}
		select {
		case <-deadline.Done():
			fail(err)
		case <-time.After(200 * time.Millisecond):
		}
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "register:", err)
	os.Exit(1)
}

type registrar struct {
	workflows workflowservice.WorkflowServiceClient
	operator  operatorservice.OperatorServiceClient
	namespace string
	changed   bool
}

// register is safe to call again after it failed anywhere.
func (r *registrar) register(ctx context.Context, retention time.Duration, keywords []string) error {
	attempt, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	_, err := r.workflows.RegisterNamespace(attempt, &workflowservice.RegisterNamespaceRequest{
		Namespace:                        r.namespace,
		WorkflowExecutionRetentionPeriod: durationpb.New(retention),
	})
	var exists *serviceerror.NamespaceAlreadyExists
	if err != nil && !errors.As(serviceerror.FromStatus(status.Convert(err)), &exists) {
		return fmt.Errorf("namespace %s: %w", r.namespace, err)
	}
	r.changed = r.changed || err == nil
	missing, err := r.missing(attempt, keywords)
	if err != nil || len(missing) == 0 {
		return err
	}
	if _, err := r.operator.AddSearchAttributes(attempt, &operatorservice.AddSearchAttributesRequest{
		Namespace:        r.namespace,
		SearchAttributes: missing,
	}); err != nil {
		return fmt.Errorf("search attributes: %w", err)
	}
	r.changed = true
	// Success is said by the server's own list, in the next turn.
	return errors.New("search attributes are not listed yet")
}

func (r *registrar) missing(ctx context.Context, keywords []string) (map[string]enums.IndexedValueType, error) {
	listed, err := r.operator.ListSearchAttributes(ctx, &operatorservice.ListSearchAttributesRequest{Namespace: r.namespace})
	if err != nil {
		return nil, fmt.Errorf("list of search attributes: %w", err)
	}
	missing := map[string]enums.IndexedValueType{}
	for _, keyword := range keywords {
		if _, ok := listed.GetCustomAttributes()[keyword]; keyword != "" && !ok {
			missing[keyword] = enums.INDEXED_VALUE_TYPE_KEYWORD
		}
	}
	return missing, nil
}
