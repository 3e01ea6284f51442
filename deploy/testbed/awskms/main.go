// AWS KMS as local-kms does it, on the loopback address alone, and with logins: local-kms looks at none.
package main

import (
	"flag"
	"log"
	"net/http"
	"strings"

	"github.com/nsmithuk/local-kms/src"
	"github.com/nsmithuk/local-kms/src/config"
	"github.com/nsmithuk/local-kms/src/data"
)

func main() {
	address := flag.String("address", "127.0.0.1:9599", "where it listens")
	flag.StringVar(&config.DatabasePath, "folder", "", "where keys are kept")
	flag.StringVar(&config.AWSRegion, "region", "eu-west-3", "its region")
	flag.Parse()
	config.AWSAccountId = "111122223333"
	database := data.NewDatabase(config.DatabasePath)
	defer database.Close()
	http.HandleFunc("/", func(answer http.ResponseWriter, asked *http.Request) {
		switch login := asked.Header.Get("Authorization"); {
		case asked.Method == http.MethodGet, strings.Contains(login, "Credential=testbed/"):
			src.HandleRequest(answer, asked, database)
		case strings.Contains(login, "Credential=testbed-forbidden/"):
			refuse(answer, "AccessDeniedException")
		default:
			refuse(answer, "UnrecognizedClientException")
		}
	})
	log.Fatal(http.ListenAndServe(*address, nil))
}

func refuse(answer http.ResponseWriter, kind string) {
	answer.Header().Set("Content-Type", "application/x-amz-json-1.1")
	answer.WriteHeader(http.StatusBadRequest)
	if _, err := answer.Write([]byte(`{"__type": "` + kind + `"}`)); err != nil {
		log.Print(err)
	}
}
