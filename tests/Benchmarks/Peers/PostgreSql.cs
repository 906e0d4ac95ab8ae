using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using IotGateway.Telemetry;
using IotGateway.Tests.Services;
using Npgsql;

namespace IotGateway.Benchmarks.Peers;

/// <summary>A PostgreSQL server of this run alone, with its defaults: every commit is on the disk.</summary>
internal sealed class PostgreSql : IAsyncDisposable
{
    private const string Programs = "/usr/lib/postgresql/15/bin";

    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder;
    private readonly Process _server;
    private readonly NpgsqlConnection _connection;

    private PostgreSql(string folder, Process server, NpgsqlConnection connection) =>
        (_folder, _server, _connection) = (folder, server, connection);

    /// <summary>Null when it is not installed.</summary>
    public static async Task<PostgreSql?> StartAsync()
    {
        if (!File.Exists($"{Programs}/postgres"))
            return null;

        // It refuses to run as root, so the package's user does.
        var folder = (await OutputAsync("mktemp", "-d", "/tmp/postgres-XXXXXX")).Trim();
        await OutputAsync($"{Programs}/initdb", "-D", folder, "-A", "trust", "-U", "bench");
        var port = Mosquitto.FreePort();
        var server =
            Process.Start(Command(
                $"{Programs}/postgres", "-D", folder, "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c",
                $"unix_socket_directories={folder}"))!;
        var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={port};Username=bench;Database=postgres");
        for (var tries = 0; ; tries++)
        {
            try
            {
                await connection.OpenAsync();
                break;
            }
            catch (NpgsqlException) when (tries < 100)
            {
                await Task.Delay(100);
            }
        }

        await using var table = new NpgsqlCommand(
            "create table observations(device text not null, metric text not null, time timestamptz not null, value float8 not null, "
                + "quality int2 not null); create index on observations(device, time)", connection);
        await table.ExecuteNonQueryAsync();
        return new PostgreSql(folder, server, connection);
    }

    /// <summary>Readings as COPY takes them, binary, made beforehand as ours are.</summary>
    public static byte[] Prepare(Reading[] readings)
    {
        var bytes = new ArrayBufferWriter<byte>();
        Span<byte> value = stackalloc byte[8];
        bytes.Write("PGCOPY\n"u8);
        bytes.Write((ReadOnlySpan<byte>)[0xff, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        foreach (var r in readings)
        {
            bytes.Write((ReadOnlySpan<byte>)[0, 5]);
            Field(bytes, Encoding.UTF8.GetBytes(r.Device.ToString()));
            Field(bytes, Encoding.UTF8.GetBytes(r.Metric));
            BinaryPrimitives.WriteInt64BigEndian(value, (r.Time - Epoch).Ticks / TimeSpan.TicksPerMicrosecond);
            Field(bytes, value);
            BinaryPrimitives.WriteDoubleBigEndian(value, r.Value);
            Field(bytes, value);
            BinaryPrimitives.WriteInt16BigEndian(value, (short)r.Quality);
            Field(bytes, value[..2]);
        }

        bytes.Write((ReadOnlySpan<byte>)[0xff, 0xff]);
        return bytes.WrittenSpan.ToArray();
    }

    public async Task CopyAsync(byte[] prepared)
    {
        await using var copy = await _connection.BeginRawBinaryCopyAsync("copy observations from stdin (format binary)");
        await copy.WriteAsync(prepared);
    }

    public async Task<long> CountAsync()
    {
        await using var count = new NpgsqlCommand("select count(*) from observations", _connection);
        return (long)(await count.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _server.Kill(entireProcessTree: true);
        await _server.WaitForExitAsync();
        _server.Dispose();
        await OutputAsync("rm", "-rf", _folder);
    }

    private static void Field(ArrayBufferWriter<byte> bytes, ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes.GetSpan(4), value.Length);
        bytes.Advance(4);
        bytes.Write(value);
    }

    private static ProcessStartInfo Command(params string[] command)
    {
        string[] whole = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--", .. command] : command;
        return new ProcessStartInfo(whole[0], whole[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/tmp",
        };
    }

    private static async Task<string> OutputAsync(params string[] command)
    {
        using var process = Process.Start(Command(command))!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{command[0]}: {await error}");
    }
}
