export default function FirstPage() {
  return (
    <main>
      <h1>Fieldline</h1>
    </main>
  );
}
