using System.Runtime.ExceptionServices;
using IotGateway.Storage.Documents;

namespace IotGateway.Cloud.Observations.Lite.WriteOut;

/// <summary>A change that is written to the file while what is in memory goes on. The next begins when it has ended.</summary>
internal sealed class WriteBehind
{
    private readonly Thread _thread;
    private volatile ExceptionDispatchInfo? _failure;

    /// <param name="file">The file; it takes no other change meanwhile.</param>
    /// <param name="changes">What to write, whole or nothing of it.</param>
    /// <param name="written">Called when it is durable, by the thread that wrote it.</param>
    public WriteBehind(DocumentFile file, IReadOnlyList<DocumentChange> changes, Action written)
    {
        _thread = new Thread(() => Write(file, changes, written)) { IsBackground = true, Name = "hot store" };
        _thread.Start();
    }

    /// <summary>True once it has ended without being written.</summary>
    public bool HasFailed => !_thread.IsAlive && _failure is not null;

    /// <summary>Waits until it is durable; throws what the file threw.</summary>
    public void Wait()
    {
        _thread.Join();
        _failure?.Throw();
    }

    /// <summary>Waits until it has ended, durable or not.</summary>
    public void End() => _thread.Join();

    private void Write(DocumentFile file, IReadOnlyList<DocumentChange> changes, Action written)
    {
        try
        {
            file.Change(() =>
            {
                foreach (var change in changes)
                    change.Write();
            });
            written();
        }
        catch (Exception e)
        {
            // Thrown where it is waited for, and at each later use.
            _failure = ExceptionDispatchInfo.Capture(e);
        }
    }
}
