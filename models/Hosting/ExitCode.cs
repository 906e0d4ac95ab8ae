namespace IotGateway.Hosting;

/// <summary>The exit codes of all our programs; from 64 on those of sysexits.h.</summary>
public static class ExitCode
{
    /// <summary>Done, or stopped because it was asked.</summary>
    public const int Done = 0;

    /// <summary>A command did not do all of it, or found what it looked for; the output says which.</summary>
    public const int Incomplete = 1;

    /// <summary>A command was called wrongly (EX_USAGE).</summary>
    public const int Usage = 64;

    /// <summary>A worker ended by a fault of its own; the supervisor is to start the program again (EX_SOFTWARE).</summary>
    public const int WorkerFailed = 70;

    /// <summary>A file, folder, port or address cannot be used (EX_IOERR).</summary>
    public const int CannotUse = 74;

    /// <summary>
    /// The supervisor is to start the program again, which is then another: under a new name, by new settings (EX_TEMPFAIL).
    /// </summary>
    public const int RestartPlease = 75;

    /// <summary>The configuration is wrong, which no restart changes (EX_CONFIG).</summary>
    public const int Configuration = 78;
}
