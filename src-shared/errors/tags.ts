/**
 * Every error that the program raises on purpose, by tag. The text says when it happens; the troubleshooting
 * page lists it, so it is written for the person who meets the error.
 */
export const ERROR_TAGS = {
  'settings-invalid': 'A setting is out of its bounds, of the wrong kind, or contradicts another one.',
  usage: 'The command line was not understood.',
  'input-missing': 'A folder or file that was named as input does not exist or cannot be read.',
  'no-granules': 'None of the input folders holds a usable GEDI L4A granule.',
  'granule-unreadable': 'A granule is empty, truncated, or no HDF5 file.',
  'granule-foreign': 'An HDF5 file in the input folders is no GEDI L4A granule.',
  'granule-incomplete': 'A granule lacks a column that the program or an active filter needs.',
  'table-invalid': 'A CSV table lacks a column, or a value in it cannot be read exactly.',
  'area-invalid': 'The area file is no GeoJSON with polygons.',
  'catalog-invalid': 'A file of the imagery catalog is no STAC, or lacks what the program needs.',
  'catalog-empty': 'The imagery source holds no Sentinel-2 scene, DEM tile or land-cover tile.',
  'scene-incomplete': 'A Sentinel-2 scene lacks a band or its metadata, and is not used.',
  'raster-unreadable': 'A raster file is missing, truncated, or not a format the program reads.',
  'raster-corrupt': 'A block of a raster file cannot be decoded.',
  'hdf5-open': 'An HDF5 file cannot be opened.',
  'hdf5-read': 'Data in an HDF5 file cannot be read.',
  'hdf5-write': 'An HDF5 file cannot be written, often because the disk is full.',
  'dataset-invalid': 'A dataset file does not have the documented structure.',
  'project-foreign': 'The output folder holds something that is no project of this program.',
  'project-invalid': 'The project file is damaged, or was written by a newer version.',
  'project-busy': 'Another run is using the project folder.',
  'project-stale': 'Settings or sources changed since results in the project were made.',
  'output-unwritable': 'The output folder cannot be created or written.',
  'disk-full': 'There is no space left on the output disk.',
  'worker-died': 'A worker process ended before its work was done.',
  cancelled: 'The run was cancelled.',
  internal: 'Something the program did not expect. Please report it.',
} as const

export type ErrorTag = keyof typeof ERROR_TAGS
