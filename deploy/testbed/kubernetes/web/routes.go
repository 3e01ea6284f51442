package main

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// entry is what is asked and answered about one row.
type entry struct {
	ID        int64  `json:"id"`
	Name      string `json:"name"`
	UpperName string `json:"upperName,omitempty"`
}

type handler func(*http.Request) (status int, body any, err error)

// routes answers all requests; from when ending is set, each answer also closes its connection.
func routes(pool *pgxpool.Pool, known statements, ending *atomic.Bool) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /version", handler(func(*http.Request) (int, any, error) {
		return http.StatusOK, map[string]string{"version": version}, nil
	}))
	mux.Handle("GET /alive", handler(func(*http.Request) (int, any, error) {
		return http.StatusOK, map[string]bool{"alive": true}, nil
	}))
	mux.Handle("GET /ready", handler(func(request *http.Request) (int, any, error) {
		if ending.Load() {
			return http.StatusServiceUnavailable, map[string]string{"error": "ending"}, nil
		}
		soon, cancel := context.WithTimeout(request.Context(), time.Second)
		defer cancel()
		if err := pool.Ping(soon); err != nil {
			return http.StatusServiceUnavailable, map[string]string{"error": err.Error()}, nil
		}
		return http.StatusOK, map[string]bool{"ready": true}, nil
	}))
	serve(mux, "customers", rows{pool, known.customers})
	serve(mux, "accounts", rows{pool, known.accounts})
	pod := os.Getenv("HOSTNAME")
	return http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		writer.Header().Set("X-Shop-Version", version)
		writer.Header().Set("X-Shop-Pod", pod)
		if ending.Load() {
			writer.Header().Set("Connection", "close")
		}
		mux.ServeHTTP(writer, request)
	})
}

func serve(mux *http.ServeMux, name string, of rows) {
	mux.Handle("GET /"+name+"/{id}", handler(of.read))
	mux.Handle("PUT /"+name+"/{id}", handler(of.write))
	mux.Handle("POST /"+name, handler(of.insert))
}

func (answer handler) ServeHTTP(writer http.ResponseWriter, request *http.Request) {
	status, body, err := answer(request)
	if err != nil {
		log.Printf("%s %s: %v", request.Method, request.URL.Path, err)
		status, body = http.StatusInternalServerError, failure(err)
	}
	writer.Header().Set("Content-Type", "application/json")
	writer.WriteHeader(status)
	_ = json.NewEncoder(writer).Encode(body) // the client is gone: nobody is left to be told
}

func failure(err error) map[string]string {
	said := map[string]string{"error": err.Error()}
	var refused *pgconn.PgError
	if errors.As(err, &refused) {
		said["sqlState"] = refused.Code
	}
	return said
}

// rows answers requests about one table.
type rows struct {
	pool  *pgxpool.Pool
	table resource
}

func (r rows) read(request *http.Request) (int, any, error) {
	id, err := strconv.ParseInt(request.PathValue("id"), 10, 64)
	if err != nil {
		return wrong("an id is a number")
	}
	var name string
	err = r.pool.QueryRow(request.Context(), r.table.read, id).Scan(&name)
	if errors.Is(err, pgx.ErrNoRows) {
		return missing()
	}
	return http.StatusOK, entryOf(id, name), err
}

func (r rows) write(request *http.Request) (int, any, error) {
	id, err := strconv.ParseInt(request.PathValue("id"), 10, 64)
	if err != nil {
		return wrong("an id is a number")
	}
	name, problem := r.nameIn(request)
	if problem != "" {
		return wrong(problem)
	}
	done, err := r.pool.Exec(request.Context(), r.table.write, append([]any{id}, r.table.values(name)...)...)
	if err == nil && done.RowsAffected() == 0 {
		return missing()
	}
	return http.StatusOK, entryOf(id, name), err
}

func (r rows) insert(request *http.Request) (int, any, error) {
	name, problem := r.nameIn(request)
	if problem != "" {
		return wrong(problem)
	}
	var id int64
	err := r.pool.QueryRow(request.Context(), r.table.insert, r.table.values(name)...).Scan(&id)
	return http.StatusCreated, entryOf(id, name), err
}

func (r rows) nameIn(request *http.Request) (name, problem string) {
	var given entry
	if err := json.NewDecoder(http.MaxBytesReader(nil, request.Body, 1<<16)).Decode(&given); err != nil {
		return "", "not JSON with a name: " + err.Error()
	}
	return given.Name, r.table.check(given.Name)
}

// entryOf is where a user sees that version 3 is another one.
func entryOf(id int64, name string) entry {
	if version == "3" {
		return entry{id, name, strings.ToUpper(name)}
	}
	return entry{ID: id, Name: name}
}

func wrong(problem string) (int, any, error) {
	return http.StatusBadRequest, map[string]string{"error": problem}, nil
}

func missing() (int, any, error) {
	return http.StatusNotFound, map[string]string{"error": "no such row"}, nil
}
