using System.Text;
using System.Text.Json;
using IotGateway.FirmwareSim.Script;

namespace IotGateway.FirmwareSim.Replay;

/// <summary>
/// Record of all that the field sent, as JSON lines, each written out before its frame is published. A ledger without its <c>end</c> line
/// is of a replay cut short: its last line may not have been published.
/// </summary>
internal sealed class Ledger : IAsyncDisposable
{
    private readonly StreamWriter _text;

    private Ledger(StreamWriter text) => _text = text;

    /// <exception cref="IOException">The file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be created.</exception>
    public static Ledger Create(string path) =>
        new(new StreamWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read), new UTF8Encoding(false))
        {
            AutoFlush = true,
        });

    public void Write(LedgerLine line) => _text.Write(JsonSerializer.Serialize(line, LedgerJson.Default.LedgerLine) + "\n");

    public void Write(LedgerEnd end) => _text.Write(JsonSerializer.Serialize(end, LedgerJson.Default.LedgerEnd) + "\n");

    public ValueTask DisposeAsync() => _text.DisposeAsync();
}
