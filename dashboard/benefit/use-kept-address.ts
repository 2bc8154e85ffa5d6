import { useEffect } from 'react';
import { useNavigate } from 'react-router';

/** Keeps in the page's address what it shows, so that a reload or a link shows it again. */
export function useKeptAddress(address: URLSearchParams): void {
  const navigate = useNavigate();
  const search = address.toString();
  useEffect(() => {
    void navigate({ search }, { replace: true, preventScrollReset: true });
  }, [search, navigate]);
}
