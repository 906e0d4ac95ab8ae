using System.Net;
using IotGateway.Cloud.Ingest.Status;

namespace IotGateway.Cloud.Ingest.Broker;

/// <summary>
/// Connections that are refused: each is counted by its reason, and logged as long as they are few. Anybody can open connections; the log
/// is not his to fill.
/// </summary>
internal sealed class RefusalLog(IngestCounters counters, TimeProvider time, ILogger<RefusalLog> log)
{
    private const int MostLines = 30;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long _since = time.GetTimestamp();
    private int _lines;
    private int _unsaid;

    public void Refuse(string reason, EndPoint? remote, string? detail)
    {
        counters.ConnectionRefused(reason);
        int unsaid;
        lock (_gate)
        {
            if (time.GetElapsedTime(_since) > Window)
                (_since, _lines, unsaid, _unsaid) = (time.GetTimestamp(), 0, _unsaid, 0);
            else
                unsaid = 0;
            if (++_lines > MostLines)
            {
                _unsaid++;
                return;
            }
        }

        if (unsaid > 0)
            log.MoreConnectionsRefused(unsaid);
        log.ConnectionRefused(remote, reason, detail);
    }
}
