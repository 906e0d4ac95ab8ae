using IotGateway.Hosting.Configuration;

namespace IotGateway.Edge.Buffer;

/// <summary>The folder of the buffer and the disk it may take.</summary>
internal sealed class BufferOptions
{
    /// <summary>The folder of the buffer's files, made with mode 0700 when absent. Required; no default.</summary>
    public string Directory { get; set; } = "";

    /// <summary>
    /// The most bytes the buffer's live files take, log included. From 4 × <see cref="LogBytes"/> to 1 TiB. The default value is 2 GiB.
    /// Alarms alone may exceed it, because they are never dropped.
    /// </summary>
    public long MaxBytes { get; set; } = 2L << 30;

    /// <summary>
    /// Free bytes of the disk that the buffer leaves to others: below it the files stop growing and the oldest ordinary data makes
    /// room. 0 or more. The default value is 256 MiB.
    /// </summary>
    public long ReserveFreeBytes { get; set; } = 256L << 20;

    /// <summary>
    /// The time an acknowledgement may wait in memory for an append to share its sync. From 0 to 1 minute. The default value is half a
    /// second: on a quiet gateway it saves one commit a batch, and a crash within it only sends a batch twice.
    /// </summary>
    public TimeSpan AcknowledgeDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// The log's size in bytes, zero-filled when made. From 64 KiB to 256 MiB. The default value is 20 MiB: a larger log rewrites
    /// fewer pages of the data file, a smaller one opens sooner.
    /// </summary>
    public int LogBytes { get; set; } = 20 << 20;

    /// <exception cref="ConfigurationException">A value has the wrong form; the message names it.</exception>
    public static BufferOptions Read(IConfiguration configuration) =>
        configuration.Read("Buffer", s => s.Get<BufferOptions>(Options.Strict));

    /// <exception cref="ConfigurationException">A value is outside its range; the message names key, value and range.</exception>
    public BufferOptions Checked()
    {
        Options.Check(!string.IsNullOrWhiteSpace(Directory), "Buffer:Directory", Directory, "a folder");
        Options.Check(LogBytes is >= 64 << 10 and <= 256 << 20, "Buffer:LogBytes", LogBytes, "65536 to 268435456 bytes");
        Options.Check(
            MaxBytes >= 4L * LogBytes && MaxBytes <= 1L << 40, "Buffer:MaxBytes", MaxBytes, $"{4L * LogBytes} to {1L << 40} bytes");
        Options.Check(ReserveFreeBytes >= 0, "Buffer:ReserveFreeBytes", ReserveFreeBytes, "0 bytes or more");
        Options.Check(
            AcknowledgeDelay >= TimeSpan.Zero && AcknowledgeDelay <= TimeSpan.FromMinutes(1), "Buffer:AcknowledgeDelay", AcknowledgeDelay,
            "0 to 1 minute");
        return this;
    }
}
