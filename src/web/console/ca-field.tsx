import { Textarea } from '@mantine/core';

interface CaFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** An extra trusted root: many lines, which a one-line field would run together. */
export function CaField({ value, onChange }: CaFieldProps) {
  return (
    <Textarea
      className="sd-form-full"
      label="Extra root certificate"
      description="only for servers with a certificate of their own: paste the PEM, or the path of its file"
      placeholder="-----BEGIN CERTIFICATE----- …"
      rows={value.includes('\n') ? 6 : 2}
      spellCheck={false}
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
