using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;
using MQTTnet.Exceptions;

namespace IotGateway.Cloud.Ingest.Broker;

/// <summary>
/// Reads an MQTT connection's frame headers as they pass and ends it at one that announces too much, before memory is set aside for it:
/// MQTTnet itself would take the 256 MB that the protocol allows. Tells the <see cref="GroupCommitGate"/> whether there is something to read.
/// </summary>
internal sealed class FrameLimit(IMqttChannel inner, int maxBytes, Action refused, GroupCommitGate lull) : IMqttChannel, IDisposable
{
    private const int Waits = 0;
    private const int Reads = 1;
    private const int Gone = 2;

    private int _state = Waits;
    private int _lengthBytes = -1;
    private long _length;
    private long _left;

    public X509Certificate2 ClientCertificate => inner.ClientCertificate;

    public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

    public EndPoint LocalEndPoint => inner.LocalEndPoint;

    public bool IsSecureConnection => inner.IsSecureConnection;

    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        var reading = inner.ReadAsync(buffer, offset, count, cancellationToken);
        if (!reading.IsCompleted && Interlocked.CompareExchange(ref _state, Waits, Reads) == Reads)
            lull.End();
        var read = await reading;
        if (Interlocked.CompareExchange(ref _state, Reads, Waits) == Waits)
            lull.Begin();
        Follow(buffer.AsSpan(offset, read));
        return read;
    }

    public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, isEndOfPacket, cancellationToken);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _state, Gone) == Reads)
            lull.End();
        inner.Dispose();
    }

    /// <summary>A frame is one byte of type, one to four of length (7 bits each, least first), then that many bytes (MQTT 5 §2.1).</summary>
    private void Follow(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_left > 0)
            {
                var skip = (int)Math.Min(_left, bytes.Length);
                _left -= skip;
                bytes = bytes[skip..];
                continue;
            }

            if (_lengthBytes < 0)
            {
                _lengthBytes = 0;
                _length = 0;
            }
            else
            {
                _length |= (long)(bytes[0] & 0x7f) << (7 * _lengthBytes++);
                if (_length > maxBytes || _lengthBytes > 4)
                {
                    refused();
                    throw new MqttProtocolViolationException($"A frame announces more than {maxBytes} bytes.");
                }

                if ((bytes[0] & 0x80) == 0)
                {
                    _left = _length;
                    _lengthBytes = -1;
                }
            }

            bytes = bytes[1..];
        }
    }
}
