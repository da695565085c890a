import type { ReactNode } from 'react';
import { useSnapshot } from '../../stores/store-context.tsx';

/** In demo mode only: who can sign in with which PIN. */
export function DemoPins(): ReactNode {
  const { demo } = useSnapshot();
  if (demo === null) return null;
  return (
    <section className="demo-pins" aria-label="Demo PINs">
      <h2>Demo: sign in with one of these</h2>
      <p>The tickets are not valid.</p>
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Number</th>
            <th scope="col">PIN</th>
          </tr>
        </thead>
        <tbody>
          {demo.people.map(({ displayName, number, pin }) => (
            <tr key={number}>
              <td>{displayName}</td>
              <td>{number}</td>
              <td>{pin}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
