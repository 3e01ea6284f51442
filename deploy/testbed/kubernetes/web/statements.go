package main

import "strings"

// resource is one table as a version of the application knows it. Every statement lists its columns: one that says * would
// break in its prepared form as soon as a column comes or goes.
type resource struct {
	read   string // $1 is the id; answers the name
	write  string // $1 is the id, the values follow
	insert string // the values; answers the id
	values func(name string) []any
	check  func(name string) string // what is wrong with a name; empty: nothing
}

type statements struct {
	customers, accounts resource
}

// Version 2 runs before the rows are filled: it reads the old columns where the new one is empty. By way of to_jsonb, because
// a statement that names a column is refused once the column is gone.
var statementsOf = map[string]statements{
	"1": {
		customers: resource{
			read:   "select first_name || ' ' || last_name from customers where id = $1",
			write:  "update customers set first_name = $2, last_name = $3 where id = $1",
			insert: "insert into customers (first_name, last_name) values ($1, $2) returning id",
			values: twoWords,
			check:  isTwoWords,
		},
		accounts: accountsBy("nick", "nick"),
	},
	"2": {
		customers: customersByFullName(
			"coalesce(full_name, (to_jsonb(customers) ->> 'first_name') || ' ' || (to_jsonb(customers) ->> 'last_name'))"),
		accounts: accountsBy("handle", "coalesce(handle, to_jsonb(accounts) ->> 'nick')"),
	},
	"3": {
		customers: customersByFullName("full_name"),
		accounts:  accountsBy("handle", "handle"),
	},
}

func customersByFullName(read string) resource {
	return resource{
		read:   "select " + read + " from customers where id = $1",
		write:  "update customers set full_name = $2 where id = $1",
		insert: "insert into customers (full_name) values ($1) returning id",
		values: asIs,
		check:  isTwoWords,
	}
}

func accountsBy(column, read string) resource {
	return resource{
		read:   "select " + read + " from accounts where id = $1",
		write:  "update accounts set " + column + " = $2 where id = $1",
		insert: "insert into accounts (" + column + ") values ($1) returning id",
		values: asIs,
		check:  isGiven,
	}
}

func asIs(name string) []any { return []any{name} }

func twoWords(name string) []any {
	first, last, _ := strings.Cut(name, " ")
	return []any{first, last}
}

// Three words would come back as two from the old columns.
func isTwoWords(name string) string {
	words := strings.Split(name, " ")
	if len(words) != 2 || words[0] == "" || words[1] == "" {
		return "a name is two words with one space between"
	}
	return ""
}

func isGiven(name string) string {
	if name == "" {
		return "a name is needed"
	}
	return ""
}
