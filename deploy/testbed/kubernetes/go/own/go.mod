module lockstep.dev/testbed/own

go 1.26
