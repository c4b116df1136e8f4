// Installs the locked shop server. `npm ci` alone is enough wherever the prebuilt SQLite binding can be downloaded;
// where it cannot, npm compiles it, and then it must find the headers of this very Node instead of downloading them too.
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

const prefix = dirname(dirname(realpathSync(process.execPath)));
const env = { ...process.env };
if (existsSync(join(prefix, 'include', 'node', 'node.h'))) env.npm_config_nodedir ??= prefix;

const windows = process.platform === 'win32';
const { status, error } = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund'], {
  cwd: import.meta.dirname,
  env,
  shell: windows,
  stdio: 'inherit',
});
if (error) console.error(`npm could not be started: ${error.message}`);
process.exit(status ?? 1);
