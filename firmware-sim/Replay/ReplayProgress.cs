using System.Globalization;
using IotGateway.FirmwareSim.Script;

namespace IotGateway.FirmwareSim.Replay;

/// <summary>Counters of a replay; written by it, read by the one who prints.</summary>
internal sealed class ReplayProgress(int frames)
{
    private int _up;
    private int _lost;
    private int _bad;
    private int _join;
    private int _status;
    private int _messages;
    private int _duplicates;
    private long _simulatedTicks;

    public void Add(Transmission transmission)
    {
        Volatile.Write(ref _simulatedTicks, transmission.Time.UtcTicks);
        switch (transmission.Kind)
        {
            case TransmissionKind.Up:
                _up++;
                _duplicates += transmission.Messages.Count - 1;
                break;
            case TransmissionKind.Lost:
                _lost++;
                break;
            case TransmissionKind.Bad:
                _bad++;
                break;
            case TransmissionKind.Join:
                _join++;
                break;
            case TransmissionKind.Status:
                _status++;
                break;
        }

        _messages += transmission.Messages.Count;
    }

    public LedgerEnd End() => new("end", _up, _lost, _bad, _join, _status, _messages, _duplicates);

    /// <summary>One line: simulated date, frames sent, per cent.</summary>
    public string Line()
    {
        var sent = _up + _lost;
        var at = new DateTimeOffset(Volatile.Read(ref _simulatedTicks), TimeSpan.Zero);
        return sent == 0
            ? "no frame sent yet"
            : string.Create(
                CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd HH:mm} UTC, {sent:N0} of {frames:N0} frames, {100.0 * sent / frames:F1} %");
    }

    public string Summary(TimeSpan took)
    {
        var perSecond = took > TimeSpan.Zero ? (_up + _lost) / took.TotalSeconds : 0;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"replay ended: {_up:N0} frames published, {_lost:N0} lost, {_bad:N0} bad, {_join:N0} joins, {_status:N0} statuses; "
                + $"{_messages:N0} messages, {_duplicates:N0} of them duplicates; {took.TotalSeconds:F1} s, {perSecond:N0} frames/s");
    }
}
