using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace IotGateway.EndToEnd.Tests.Gateway;

/// <summary>A slow, thin line in front of a port on loopback: so many bytes a second each way, each of them late by the delay.</summary>
internal sealed class ThinLine : IAsyncDisposable
{
    /// <summary>Pieces that the line itself holds; beyond them the sender waits.</summary>
    private const int QueuedPieces = 16;
    private const int PieceBytes = 512;

    /// <summary>Longest late wake-up that is made good to the line, or a busy machine would make it thinner than it says.</summary>
    private static readonly TimeSpan MostMadeGood = TimeSpan.FromSeconds(1);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private readonly int _bytesPerSecond;
    private readonly TimeSpan _delay;
    private readonly Task _accepting;
    private int _connections;

    public ThinLine(int target, int bytesPerSecond, TimeSpan delay)
    {
        (_target, _bytesPerSecond, _delay) = (target, bytesPerSecond, delay);
        _listener.Server.ReceiveBufferSize = QueuedPieces * PieceBytes;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections taken since the start.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                var near = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                running.Add(CarryAsync(near));
            }
        }
        finally
        {
            await Task.WhenAll(running);
        }
    }

    private async Task CarryAsync(Socket near)
    {
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using (near)
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, _target, both.Token);
                await Task.WhenAny(OneWayAsync(near, far, both.Token), OneWayAsync(far, near, both.Token));
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // The broker is away: so is the line.
            }

            await both.CancelAsync();
        }
    }

    private async Task OneWayAsync(Socket from, Socket to, CancellationToken cancellation)
    {
        var line = Channel.CreateBounded<(byte[] Bytes, long Due)>(
            QueuedPieces + (int)(_bytesPerSecond * _delay.TotalSeconds / PieceBytes));
        try
        {
            await Task.WhenAny(TakeAsync(), GiveAsync());
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One end has hung up.
        }

        async Task TakeAsync()
        {
            var time = TimeProvider.System;
            var free = time.GetTimestamp();
            var piece = new byte[PieceBytes];
            while (await from.ReceiveAsync(piece, cancellation) is var n and > 0)
            {
                free = Math.Max(free, time.GetTimestamp() - (long)(MostMadeGood.TotalSeconds * time.TimestampFrequency))
                    + (long)((double)n / _bytesPerSecond * time.TimestampFrequency);
                await line.Writer.WriteAsync((piece[..n], free + (long)(_delay.TotalSeconds * time.TimestampFrequency)), cancellation);
                await UntilAsync(free);
            }
        }

        async Task GiveAsync()
        {
            await foreach (var (bytes, due) in line.Reader.ReadAllAsync(cancellation))
            {
                await UntilAsync(due);
                await to.SendAsync(bytes, cancellation);
            }
        }

        async Task UntilAsync(long due)
        {
            var wait = TimeProvider.System.GetElapsedTime(TimeProvider.System.GetTimestamp(), due);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, cancellation);
        }
    }
}
