using IotGateway.Cloud.Data;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Lake;

/// <summary><c>cloud erase</c>: deletes devices' data from a stopped cloud's folder, and says what was found before and after.</summary>
internal static class ErasureCommand
{
    /// <returns>0 when nothing is left, 1 otherwise.</returns>
    public static async Task<int> Run(DataFolder data, IReadOnlyList<DeviceId> devices, Apiary apiary, TextWriter output, CancellationToken cancellation)
    {
        using var hold = data.Lock();
        SetAsideHotStoresGo(data, output);
        var objects = new FolderObjects(data.Lake);
        using var publisher = new Publisher(objects, apiary, new CuratedOptions(), TimeProvider.System);
        var complete = true;
        using (var hot = new LiteObservations(data.HotStore))
        {
            foreach (var device in devices)
            {
                var record = await new Erasure(objects, publisher, hot, [data.Refused], TimeProvider.System).Run(device, cancellation);
                var b = record.Before;
                await output.WriteLineAsync(
                    $"{device}: erased {b.RawReadings} raw readings in {b.RawObjects} objects, {b.CuratedRows} curated rows, {b.HotObservations} observations, {b.OtherFiles} other files; a second search found {(record.After.IsNothing ? "nothing" : $"{record.After}")}.");
                complete &= record.After.IsNothing;
            }

            hot.Flush();
        }

        return complete ? 0 : 1;
    }

    /// <summary>Hot stores set aside were damaged: what is in them cannot be told, and all of it can be made again.</summary>
    private static void SetAsideHotStoresGo(DataFolder data, TextWriter output)
    {
        var folder = Path.GetDirectoryName(data.HotStore)!;
        if (!Directory.Exists(folder))
            return;
        foreach (var file in Directory.EnumerateFiles(folder, "*.aside*"))
        {
            File.Delete(file);
            output.WriteLine($"{file}, a damaged hot store set aside, was deleted: it may hold the device.");
        }
    }
}
