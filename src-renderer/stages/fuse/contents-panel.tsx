import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { DATASETS, type DatasetType } from '../../../src-shared/dataset/datasets'
import { Panel } from '../../parts/panel'
import classes from './fuse-stage.module.css'

/** The datasets that every file has, with their types and shapes. */
export function ContentsPanel(): ReactNode {
  return (
    <Panel title="What goes in">
      <Table
        className={classes.contents}
        verticalSpacing={4}
        horizontalSpacing="xs"
        aria-label="Datasets of a file"
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Dataset</Table.Th>
            <Table.Th>Type</Table.Th>
            <Table.Th>Shape</Table.Th>
            <Table.Th>Content</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {DATASETS.map(({ name, type, shape, attributes }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">{name}</Table.Th>
              <Table.Td className={classes.type}>{typeText(type)}</Table.Td>
              <Table.Td className={classes.type}>{['N', ...shape].join(' × ')}</Table.Td>
              <Table.Td>{attributes.description}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  )
}

function typeText(type: DatasetType): string {
  return type.kind === 'string' ? `string, ${type.length} bytes` : type.kind
}
