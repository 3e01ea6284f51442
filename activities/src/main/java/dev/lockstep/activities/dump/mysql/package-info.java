/** MySQL and MariaDB by mysqldump and mariadb-dump. */
@NullMarked
package dev.lockstep.activities.dump.mysql;

import org.jspecify.annotations.NullMarked;
