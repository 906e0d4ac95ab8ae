using System.Text;

namespace IotGateway.FirmwareSim.Tests;

/// <summary>A console that can be waited on.</summary>
internal sealed class LinesWritten : StringWriter
{
    private readonly List<(string Part, TaskCompletionSource Seen)> _awaited = [];

    public override Encoding Encoding => Encoding.UTF8;

    public override Task WriteLineAsync(string? value)
    {
        lock (_awaited)
        {
            WriteLine(value);
            foreach (var (_, seen) in _awaited.Where(a => ToString().Contains(a.Part, StringComparison.Ordinal)))
                seen.TrySetResult();
        }

        return Task.CompletedTask;
    }

    public Task SeenAsync(string part)
    {
        lock (_awaited)
        {
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (ToString().Contains(part, StringComparison.Ordinal))
                seen.SetResult();
            else
                _awaited.Add((part, seen));
            return seen.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    public string All
    {
        get
        {
            lock (_awaited)
                return ToString();
        }
    }
}
