import { migrate } from '#main/adapters/sqlite/migrate.ts';
import { openWritableDatabase } from '#main/adapters/sqlite/open-database.ts';

/** A process that only migrates: `node terminal-database-migrator.ts DATABASE MIGRATIONS`. */

const database = openWritableDatabase(String(process.argv[2]));
migrate(database, { migrationsDirectory: String(process.argv[3]), backUp: () => {} });
