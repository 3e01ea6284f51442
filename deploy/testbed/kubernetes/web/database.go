package main

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// openPool makes the pool that all requests share; it opens connections when they are needed, so that the database may come later.
// Statements are prepared once a connection and live as long as it: they have to survive a change of the schema.
func openPool(variable func(string) string) (*pgxpool.Pool, error) {
	place := url.URL{
		Scheme: "postgres",
		User:   url.UserPassword(variable("DATABASE_USER"), variable("DATABASE_PASSWORD")),
		Host:   variable("DATABASE_HOST") + ":" + variable("DATABASE_PORT"),
		Path:   variable("DATABASE_NAME"),
	}
	for _, name := range []string{"DATABASE_HOST", "DATABASE_PORT", "DATABASE_NAME", "DATABASE_USER", "DATABASE_PASSWORD"} {
		if variable(name) == "" {
			return nil, fmt.Errorf("%s is not set", name)
		}
	}
	config, err := pgxpool.ParseConfig(place.String())
	if err != nil {
		return nil, err
	}
	config.MaxConns = 8
	config.MinConns = 2
	config.MaxConnLifetime = time.Hour
	config.ConnConfig.ConnectTimeout = 3 * time.Second
	config.ConnConfig.RuntimeParams["application_name"] = "shop-web/" + version
	return pgxpool.NewWithConfig(context.Background(), config)
}
