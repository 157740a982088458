/** A source of the data, how it is cited, and under which terms it may be used. */
export interface SourceTerms {
  name: string
  /** Terms in a sentence or two; the page says them in full. */
  terms: string
  /** What those who hand the data on have to show; null where nothing is prescribed. */
  notice: string | null
  /** Page of the terms. */
  licence: string
  /** Citation of the product. */
  citation: string
  /** Page of the product. */
  page: string
}

/** The four sources of every sample, in the order in which the documentation names them. */
export const SOURCE_TERMS: readonly SourceTerms[] = [
  {
    name: 'GEDI L4A',
    terms:
      'NASA Earth science data are open to everybody without restrictions. The ORNL DAAC asks to be cited with the DOI of the version that was used.',
    notice: null,
    licence: 'https://www.earthdata.nasa.gov/engage/open-data-services-software-policies/data-use-guidance',
    citation:
      'Dubayah, R.O., and others: GEDI L4A Footprint Level Aboveground Biomass Density, Version 2.1. ORNL DAAC, Oak Ridge, Tennessee, USA. https://doi.org/10.3334/ORNLDAAC/2056',
    page: 'https://doi.org/10.3334/ORNLDAAC/2056',
  },
  {
    name: 'Sentinel-2 L2A',
    terms:
      'Copernicus Sentinel data are free and open under the terms of the European Commission; who publishes changed data says that they contain them.',
    notice: 'Contains modified Copernicus Sentinel data, processed by ESA.',
    licence: 'https://sentinels.copernicus.eu/documents/247904/690755/Sentinel_Data_Legal_Notice',
    citation: 'European Space Agency: Copernicus Sentinel-2 MSI Level-2A surface reflectance.',
    page: 'https://dataspace.copernicus.eu/explore-data/data-collections/sentinel-data/sentinel-2',
  },
  {
    name: 'Copernicus DEM GLO-30',
    terms:
      'Free of charge for everybody under the licence of the Copernicus DEM. It is made from WorldDEM, whose rights are with DLR (2010 to 2014) and Airbus Defence and Space (2014 to 2018); the European Union and ESA provide it under Copernicus, and neither they nor the makers are liable for its use. The licence has the wording of the notice that goes with data derived from it.',
    notice:
      'Altitude and slope are derived from the Copernicus DEM, made with Copernicus WorldDEM-30 (DLR e.V., Airbus Defence and Space GmbH), provided by the European Union and ESA; all rights reserved.',
    licence:
      'https://dataspace.copernicus.eu/explore-data/data-collections/copernicus-contributing-missions/collections-description/COP-DEM',
    citation:
      'European Space Agency: Copernicus Global Digital Elevation Model GLO-30. https://doi.org/10.5270/ESA-c5d3d65',
    page: 'https://doi.org/10.5270/ESA-c5d3d65',
  },
  {
    name: 'ESA WorldCover',
    terms: 'Creative Commons Attribution 4.0 International.',
    notice:
      'Contains ESA WorldCover 2020 or 2021, made by the WorldCover consortium from modified Copernicus Sentinel data.',
    licence: 'https://creativecommons.org/licenses/by/4.0/',
    citation:
      'Zanaga, D., and others: ESA WorldCover 10 m 2020 v100, https://doi.org/10.5281/zenodo.5571936; 2021 v200, https://doi.org/10.5281/zenodo.7254221',
    page: 'https://esa-worldcover.org',
  },
]
