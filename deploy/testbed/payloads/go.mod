// GitLab's example deliveries: files of the tests of its client, of which nothing is built.
module lockstep.dev/testbed/payloads

go 1.24.0

require gitlab.com/gitlab-org/api/client-go v1.46.0
