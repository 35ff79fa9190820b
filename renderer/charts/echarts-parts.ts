/** The parts of ECharts that the page needs, and no more. */
import { CustomChart, LineChart } from 'echarts/charts'
import { DatasetComponent, GridComponent, MarkAreaComponent, MarkLineComponent } from 'echarts/components'
import type { ECharts, EChartsCoreOption } from 'echarts/core'
import { init, use as register } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

register([
  LineChart,
  CustomChart,
  DatasetComponent,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  CanvasRenderer,
])

export { init }
export type { ECharts, EChartsCoreOption }
