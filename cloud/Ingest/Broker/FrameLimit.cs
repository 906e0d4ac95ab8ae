using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using IotGateway.Cloud.Ingest.Commit;
using MQTTnet.Channel;
using MQTTnet.Exceptions;

namespace IotGateway.Cloud.Ingest.Broker;

/// <summary>
/// An MQTT connection whose frames are bounded before memory is set aside for them: MQTTnet itself would take the 256 MB that the protocol
/// allows. A message that is too large is handed on cut off at the bound, its rest is read past and dropped: whoever takes it finds it too
/// large, refuses it by that name, and the connection lives. Any other frame of that size, or a message that nobody can have meant, ends
/// the connection. Tells the <see cref="GroupCommitGate"/> whether there is something to read.
/// </summary>
internal sealed class FrameLimit(IMqttChannel inner, int maxBytes, long mostReadPast, Action refused, GroupCommitGate gate)
    : IMqttChannel, IDisposable
{
    private const int Waits = 0;
    private const int Reads = 1;
    private const int Gone = 2;

    /// <summary>One byte of type, one to four of length (MQTT 5 §2.1).</summary>
    private const int MaxHeader = 5;
    private const int Publish = 3;

    /// <summary>
    /// Bound of all frames but messages: what they hold (a will, properties, filters) is remembered as long as the session.
    /// </summary>
    private const int MostControlBytes = 16 * 1024;

    private readonly byte[] _header = new byte[MaxHeader];
    private int _headerFrom;
    private int _headerTo;
    private long _left;
    private long _excess;
    private int _state = Waits;

    public X509Certificate2 ClientCertificate => inner.ClientCertificate;

    public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

    public EndPoint LocalEndPoint => inner.LocalEndPoint;

    public bool IsSecureConnection => inner.IsSecureConnection;

    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (_headerFrom == _headerTo && _left == 0 && !await ReadHeaderAsync(cancellationToken))
            return 0;

        if (_headerFrom < _headerTo)
        {
            var held = Math.Min(count, _headerTo - _headerFrom);
            _header.AsSpan(_headerFrom, held).CopyTo(buffer.AsSpan(offset));
            _headerFrom += held;
            return held;
        }

        var read = await ReceiveAsync(buffer, offset, (int)Math.Min(count, _left), cancellationToken);
        _left -= read;
        return read;
    }

    public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, isEndOfPacket, cancellationToken);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _state, Gone) == Reads)
            gate.End();
        inner.Dispose();
    }

    /// <summary>Reads the next frame's type and length; false when the connection has ended.</summary>
    private async Task<bool> ReadHeaderAsync(CancellationToken cancellation)
    {
        if (!await ReadPastAsync(cancellation))
            return false;

        var at = await ReceiveAsync(_header, 0, 2, cancellation);
        if (at == 0)
            return false;
        while (at < 2 || (_header[at - 1] & 0x80) != 0)
        {
            if (at == MaxHeader)
                throw new MqttProtocolViolationException("A frame's length has more than four bytes.");
            var more = await ReceiveAsync(_header, at, 1, cancellation);
            if (more == 0)
                return false;
            at += more;
        }

        _left = 0;
        for (var i = 1; i < at; i++)
            _left |= (long)(_header[i] & 0x7f) << (7 * (i - 1));
        var isMessage = _header[0] >> 4 == Publish;
        var most = isMessage ? maxBytes : MostControlBytes;
        if (_left > most)
        {
            if (!isMessage || _left > mostReadPast)
            {
                refused();
                throw new MqttProtocolViolationException($"A frame announces {_left} bytes; expected at most {most}.");
            }

            (_excess, _left) = (_left - maxBytes, maxBytes);
            at = WriteLength(maxBytes);
        }

        (_headerFrom, _headerTo) = (0, at);
        return true;
    }

    /// <summary>Drops what is left of a message that was cut off.</summary>
    private async Task<bool> ReadPastAsync(CancellationToken cancellation)
    {
        if (_excess == 0)
            return true;
        var dropped = new byte[16 * 1024];
        while (_excess > 0)
        {
            var read = await ReceiveAsync(dropped, 0, (int)Math.Min(dropped.Length, _excess), cancellation);
            if (read == 0)
                return false;
            _excess -= read;
        }

        return true;
    }

    private async Task<int> ReceiveAsync(byte[] buffer, int offset, int count, CancellationToken cancellation)
    {
        var reading = inner.ReadAsync(buffer, offset, count, cancellation);
        if (!reading.IsCompleted && Interlocked.CompareExchange(ref _state, Waits, Reads) == Reads)
            gate.End();
        var read = await reading;
        if (Interlocked.CompareExchange(ref _state, Reads, Waits) == Waits)
            gate.Begin();
        return read;
    }

    /// <returns>How long the header then is.</returns>
    private int WriteLength(int length)
    {
        var at = 1;
        for (; length >= 0x80; length >>= 7)
            _header[at++] = (byte)(length | 0x80);
        _header[at++] = (byte)length;
        return at;
    }
}
