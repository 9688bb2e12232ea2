/**
 * Theme: teaches the kit our tokens.
 *
 * Promises that a kit component looks like one of ours: dense, radius 6, 13 px, one green. Colours come from
 * `tokens.css`; nothing here knows whether the desk is light or dark.
 */
import {
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  Menu,
  Modal,
  NumberInput,
  SegmentedControl,
  Select,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core'

/** Alpine green from mist to forest; 7 is the light theme's accent, 4 the dark theme's. */
const alpine = [
  '#f0f7f4',
  '#e3efe9',
  '#bfdfd2',
  '#93cfb7',
  '#5cc29b',
  '#3aa57f',
  '#288665',
  '#1f6f54',
  '#185a44',
  '#10402f',
] as const

export const theme = createTheme({
  primaryColor: 'alpine',
  primaryShade: { light: 7, dark: 4 },
  colors: { alpine },
  fontFamily: 'var(--font)',
  fontSizes: { xs: '13px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.4', md: '1.4', lg: '1.35', xl: '1.3' },
  radius: { xs: '4px', sm: '6px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  spacing: { xs: '6px', sm: '10px', md: '14px', lg: '20px', xl: '28px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  autoContrast: true,
  components: {
    Button: Button.extend({
      defaultProps: { size: 'xs', variant: 'default' },
      classNames: { root: 'kit-button' },
    }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'xs', autosize: true } }),
    NumberInput: NumberInput.extend({ defaultProps: { size: 'xs', hideControls: true } }),
    Select: Select.extend({
      defaultProps: {
        size: 'xs',
        allowDeselect: false,
        openOnFocus: false,
        comboboxProps: { transitionProps: { duration: 0 } },
      },
    }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { withItemsBorders: false } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs' } }),
    Menu: Menu.extend({ defaultProps: { transitionProps: { duration: 0 } } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 300, transitionProps: { duration: 0 }, fz: 12, withArrow: false },
    }),
    Modal: Modal.extend({
      defaultProps: { transitionProps: { duration: 0 }, centered: true, padding: 'lg' },
    }),
  },
})

const kitColours = {
  '--mantine-color-body': 'var(--panel)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink3)',
  '--mantine-color-placeholder': 'var(--ink3)',
  '--mantine-color-default': 'var(--panel)',
  '--mantine-color-default-hover': 'var(--sunken)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line2)',
  '--mantine-color-disabled': 'var(--sunken)',
  '--mantine-color-disabled-color': 'var(--ink3)',
  '--mantine-color-disabled-border': 'var(--line2)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-filled-hover': 'var(--accent-strong)',
  '--mantine-primary-color-contrast': 'var(--accent-ink)',
  '--mantine-color-alpine-filled': 'var(--accent)',
  '--mantine-color-alpine-filled-hover': 'var(--accent-strong)',
} as const

/** Points the kit's own variables at the tokens, so that both change together. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: kitColours,
  dark: kitColours,
})
