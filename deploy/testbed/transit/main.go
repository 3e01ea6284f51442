// The transit engine of HashiCorp Vault, with its own storage, behind a small door: tokens, policies and the form of
// the answers are written here, after Vault's; the keys, the ciphertexts and what the engine says are its own.
// The whole of Vault takes longer to build than the tests that need it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"log"
	"net/http"
	"os"
	"reflect"
	"strings"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/vault/builtin/logical/transit"
	"github.com/hashicorp/vault/sdk/framework"
	"github.com/hashicorp/vault/sdk/logical"
	"github.com/hashicorp/vault/sdk/physical/file"
)

const mount = "/v1/transit/"

// May do everything.
const root = "testbed-root"

// May encrypt and decrypt with keys that are there, as the policy in docs/backups.md says.
const backups = "testbed-backups"

func main() {
	address := flag.String("address", "127.0.0.1:8200", "where it listens")
	folder := flag.String("folder", "", "where keys are kept")
	flag.Parse()
	logger := hclog.New(&hclog.LoggerOptions{Output: os.Stderr})
	kept, err := file.NewFileBackend(map[string]string{"path": *folder}, logger)
	if err != nil {
		log.Fatal(err)
	}
	engine, err := transit.Factory(context.Background(), &logical.BackendConfig{
		Logger:      logger,
		System:      logical.TestSystemView(),
		StorageView: logical.NewLogicalStorage(kept),
	})
	if err != nil {
		log.Fatal(err)
	}
	forgiving(engine)
	http.HandleFunc("/v1/sys/health", func(answer http.ResponseWriter, _ *http.Request) { answer.WriteHeader(http.StatusOK) })
	http.Handle(mount, door{engine, logical.NewLogicalStorage(kept)})
	http.HandleFunc("/", func(answer http.ResponseWriter, _ *http.Request) {
		refuse(answer, http.StatusNotFound, "no handler for route")
	})
	log.Fatal(http.ListenAndServe(*address, nil))
}

// The sdk that this release names refuses a path that can be created and says nothing of whether it is there; the one
// that Vault itself is built with did not.
func forgiving(engine logical.Backend) {
	paths := reflect.ValueOf(engine).Elem().FieldByName("Backend").Interface().(*framework.Backend).Paths
	for _, path := range paths {
		if path.ExistenceCheck == nil {
			delete(path.Operations, logical.CreateOperation)
		}
	}
}

type door struct {
	engine  logical.Backend
	storage logical.Storage
}

func (d door) ServeHTTP(answer http.ResponseWriter, asked *http.Request) {
	request := &logical.Request{
		Path:    strings.TrimPrefix(asked.URL.Path, mount),
		Storage: d.storage,
		Data:    map[string]interface{}{},
	}
	switch asked.Method {
	case http.MethodGet:
		request.Operation = logical.ReadOperation
	case http.MethodDelete:
		request.Operation = logical.DeleteOperation
	default:
		request.Operation = logical.UpdateOperation
		if err := json.NewDecoder(asked.Body).Decode(&request.Data); err != nil {
			refuse(answer, http.StatusBadRequest, "failed to parse JSON input")
			return
		}
		if checked, there, err := d.engine.HandleExistenceCheck(asked.Context(), request); err == nil && checked && !there {
			request.Operation = logical.CreateOperation
		}
	}
	if !allowed(asked.Header.Get("X-Vault-Token"), request) {
		refuse(answer, http.StatusForbidden, "1 error occurred:\n\t* permission denied\n\n")
		return
	}
	response, err := d.engine.HandleRequest(asked.Context(), request)
	switch {
	case response != nil && response.IsError():
		refuse(answer, http.StatusBadRequest, response.Error().Error())
	case errors.Is(err, logical.ErrUnsupportedPath), errors.Is(err, logical.ErrUnsupportedOperation):
		refuse(answer, http.StatusNotFound, err.Error())
	case errors.Is(err, logical.ErrInvalidRequest):
		refuse(answer, http.StatusBadRequest, err.Error())
	case err != nil:
		refuse(answer, http.StatusInternalServerError, err.Error())
	case response == nil:
		answer.WriteHeader(http.StatusNoContent)
	default:
		write(answer, http.StatusOK, map[string]interface{}{"data": response.Data})
	}
}

func allowed(token string, request *logical.Request) bool {
	uses := strings.HasPrefix(request.Path, "encrypt/") || strings.HasPrefix(request.Path, "decrypt/")
	return token == root || token == backups && uses && request.Operation == logical.UpdateOperation
}

func refuse(answer http.ResponseWriter, status int, why string) {
	write(answer, status, map[string][]string{"errors": {why}})
}

func write(answer http.ResponseWriter, status int, body interface{}) {
	answer.Header().Set("Content-Type", "application/json")
	answer.WriteHeader(status)
	if err := json.NewEncoder(answer).Encode(body); err != nil {
		log.Print(err)
	}
}
