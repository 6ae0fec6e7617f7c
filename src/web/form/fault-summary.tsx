import { Alert } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { plural } from '../components/format.ts';
import type { FormFaults } from './faults-context.tsx';
import { goTo } from './go-to.ts';
import './form.css';

interface SummaryProps {
  readonly of: FormFaults;
  /** What a place is called in this form. */
  readonly nameOf: (path: string) => string;
}

/** What is wrong, each a way to its field. It takes the focus when it appears, so that nobody has to look for it. */
export function FaultSummary({ of: { faults, idOf }, nameOf }: SummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <Alert
      ref={box}
      tabIndex={-1}
      color="red"
      variant="light"
      role="alert"
      title={`${plural(faults.length, 'field')} to look at again. Nothing was stored, nothing you wrote is lost.`}
    >
      <ul className="sd-list">
        {faults.map(({ at, message }) => (
          <li key={`${at} ${message}`}>
            <a href={`#${idOf(at)}`} onClick={(event) => goTo(event, idOf(at))}>
              {nameOf(at)}
            </a>
            : {message}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
