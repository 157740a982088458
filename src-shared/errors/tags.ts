/** What a person needs to know of an error, as docs/errors.md lists it. */
interface ErrorDescription {
  /** When it happens. */
  when: string
  /** What to do about it in general; the hint of the error itself says it for the case at hand. */
  remedy: string
}

/** Every error that the program raises on purpose, by tag, written for the person who meets the error. */
export const ERROR_TAGS = {
  'settings-invalid': {
    when: 'A setting is out of its bounds, of the wrong kind, or contradicts another one.',
    remedy: 'Look the flag up in docs/settings.md and give a value within its bounds.',
  },
  usage: {
    when: 'The command line was not understood, or lacks something that the command needs.',
    remedy: 'Add the option that the message names; --help lists all of them.',
  },
  'input-missing': {
    when: 'A folder or file that was named as input does not exist or cannot be read.',
    remedy: 'Check the path and the permissions; a network drive may not be mounted.',
  },
  'no-granules': {
    when: 'None of the input folders holds a usable GEDI L4A granule.',
    remedy:
      'Check that --input leads to files named GEDI04_A_….h5; where they were left out one by one, each has its own reason above.',
  },
  'granule-unreadable': {
    when: 'A granule is empty, truncated, damaged, or no HDF5 file.',
    remedy:
      'Download it again. The run goes on without it; with --restart-from combine it is taken in later.',
  },
  'granule-foreign': {
    when: 'An HDF5 file in the input folders is no GEDI L4A granule, or a second, different copy of one.',
    remedy: 'Move it elsewhere, or delete the copy that is not whole. The run goes on without it.',
  },
  'granule-incomplete': {
    when: 'A granule lacks a column that the program or an active filter needs.',
    remedy: 'Download it with all of its columns, or turn the filter off. The run goes on without it.',
  },
  'table-invalid': {
    when: 'A CSV table lacks a column, or a value in it cannot be read exactly.',
    remedy:
      'Correct the line and column that the message names. Shot numbers must be written as integers, not as 8.3e+16.',
  },
  'area-invalid': {
    when: 'The area file is no GeoJSON with polygons.',
    remedy: 'Give polygons or multipolygons in longitude and latitude (WGS 84).',
  },
  'catalog-invalid': {
    when: 'A file of the imagery catalog is no STAC or lacks what the program needs; or the catalog kept in the project is damaged.',
    remedy:
      'Fetch or write the file again. The run goes on without it. For a catalog inside the project: --restart-from plan.',
  },
  'catalog-empty': {
    when: 'The imagery source holds no Sentinel-2 scene, DEM tile or land-cover tile.',
    remedy:
      'See docs/sources.md for what is recognised; give --dem-source or --landcover-source where they lie elsewhere.',
  },
  'scene-incomplete': {
    when: 'A Sentinel-2 scene lacks a band or its metadata, and is not used.',
    remedy: 'Complete the scene or its STAC item, then run with --restart-from plan.',
  },
  'raster-unreadable': {
    when: 'A raster file is missing, truncated, or not a format the program reads.',
    remedy:
      'Put the file in place and run again; footprints that failed of it are cut then. A tile that the catalog left out comes in with --restart-from plan.',
  },
  'raster-corrupt': {
    when: 'A block of a raster file cannot be decoded.',
    remedy:
      'Download the file again and run again; only footprints in that block had failed, and they are cut then.',
  },
  'asset-missing': {
    when: 'A file that the catalog names is not on its server (404).',
    remedy: 'The item is out of date; run with --restart-from plan to search anew.',
  },
  'source-unreachable': {
    when: 'A server cannot be reached, or breaks connections off, also when tried again.',
    remedy: 'Check the address, the network and the proxy, and run again: only what is missing is fetched.',
  },
  'source-insecure': {
    when: 'The certificate of a server cannot be trusted.',
    remedy:
      'Check the address and the clock of the machine. Behind a proxy that inspects traffic, name its certificate in NODE_EXTRA_CA_CERTS.',
  },
  'source-busy': {
    when: 'A server turns requests away for the time being (429 or 5xx), also when tried again.',
    remedy: 'Wait a while, give --connections a smaller number, and run again.',
  },
  'source-denied': {
    when: 'A server wants credentials, or refuses those it was given (401 or 403).',
    remedy: 'See docs/sources.md for the environment variables that hold credentials, and for --signing.',
  },
  'source-answer': {
    when: 'A server answers with something else than what was asked for: a page instead of JSON, other bytes, a file that has changed.',
    remedy: 'Check that the address is that of a STAC API or of the file itself, and run again.',
  },
  'signing-failed': {
    when: 'The address that hands out tokens for band files does not answer, or answers without a token.',
    remedy: 'Check --signing and --signing-url, and run again later: nothing is lost.',
  },
  'archive-invalid': {
    when: 'A SAFE folder or zip archive is damaged, incomplete, or not safe to unpack.',
    remedy: 'Download the product again and run with --restart-from plan. The run goes on without it.',
  },
  'hdf5-open': {
    when: 'An HDF5 file cannot be opened.',
    remedy: 'Check the path; copy or download the file again where it is empty, truncated or damaged.',
  },
  'hdf5-read': {
    when: 'Data in an HDF5 file cannot be read.',
    remedy: 'Copy or make the file again; where it is a dataset of a project, delete it and run again.',
  },
  'hdf5-write': {
    when: 'An HDF5 file cannot be written, or a name is too long for its dataset.',
    remedy: 'Check the output folder and its disk and run again; a name that is too long is in the message.',
  },
  'dataset-invalid': {
    when: 'A dataset or batch file does not have the documented structure.',
    remedy: 'Delete the batch file and its record and run again; a foreign file cannot be used.',
  },
  'project-foreign': {
    when: 'The output folder holds something that is no project of this program.',
    remedy: 'Give --output a new or empty folder, or one with a project.',
  },
  'project-invalid': {
    when: 'A file that keeps the state of the project is damaged, or was written by a newer version.',
    remedy: 'Install the newest version. Move a damaged project.json away and give all options again.',
  },
  'project-busy': {
    when: 'Another run is using the project folder.',
    remedy:
      'Wait for it or stop it. The lock of a machine that is gone counts for five minutes; after that, run again.',
  },
  'project-stale': {
    when: 'Settings, sources or granules changed since results in the project were made.',
    remedy:
      'Run again with the --restart-from that the message names, or with another --output to keep what is there.',
  },
  'output-unwritable': {
    when: 'The output folder, or a file in it, cannot be created or written.',
    remedy: 'Choose another folder, or change its permissions.',
  },
  'disk-full': {
    when: 'There is no space left on the output disk.',
    remedy: 'Free space and run again; nothing half-written is left under a final name.',
  },
  'path-not-allowed': {
    when: 'The window named a file or folder that nobody chose in it, or one outside the folders that are served.',
    remedy:
      'Choose the place with the button in the window; for the served application, start it with --root.',
  },
  'not-ready': {
    when: 'Something was asked for that needs an open project, or results that are not there yet.',
    remedy: 'Open a project, or carry out the earlier step first.',
  },
  'studio-unreachable': {
    when: 'The window has lost its line to the program that does the work.',
    remedy:
      'The window tries again by itself. Where that takes long, look whether the program or the tunnel still runs.',
  },
  'worker-died': {
    when: 'A worker process ended, or made no progress for the stall timeout, three times with the same piece of work.',
    remedy:
      'Most often memory ran out: give --workers or --memory a smaller number and run again. Footprints that were set aside are tried again then.',
  },
  'cluster-unavailable': {
    when: 'A command of Slurm (sbatch, squeue, scontrol, scancel) is not there, or gives no answer; whether tasks run is not known then.',
    remedy:
      'Run the command on a login node of the cluster, or print the scripts with slurm script and submit them there.',
  },
  'cluster-refused': {
    when: 'Slurm refused a job: a partition or account that is not there, a limit that is exceeded.',
    remedy: 'The message is that of sbatch. Change the setting that it names and submit again.',
  },
  'cluster-busy': {
    when: 'The project has jobs on the cluster that are not finished, which a submission or a run would be beside.',
    remedy:
      'Look at them with slurm status; wait, or end them with slurm cancel. A run goes on all the same with --beside-jobs.',
  },
  cancelled: {
    when: 'The run was cancelled.',
    remedy: 'Run again to go on where it stopped.',
  },
  internal: {
    when: 'Something the program did not expect.',
    remedy: 'Please report it, with run.log and the command line.',
  },
} as const satisfies Record<string, ErrorDescription>

export type ErrorTag = keyof typeof ERROR_TAGS
