using System.Globalization;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Decode;

/// <summary>
/// Keeps several values of one metric in one sample apart (four scales on one node): the first is the device's, each further one that of a
/// sub-device, named by the device, a dot, and what the profile calls the part or the value's number, from 2. Two readings never share an
/// identity.
/// </summary>
internal static class SubDevices
{
    /// <summary>The values of a sample, each metric once a part.</summary>
    /// <exception cref="RefusedException">A part's name makes no device identifier.</exception>
    public static IReadOnlyList<Measured> Separate(DeviceId device, IReadOnlyList<Measured> values)
    {
        var separate = AreSeparate(values) ? values : Number(values);
        foreach (var part in separate.Select(v => v.Part).Where(p => p.Length > 0))
        {
            if (!DeviceId.TryParse($"{device}.{part}", out _))
                throw new RefusedException(
                    "bad_part", $"'{device}.{part}' is no device identifier; expected at most {DeviceId.MaxLength} characters.");
        }

        return separate;
    }

    /// <summary>The device that a part of it is for the readings; the device itself for an empty part.</summary>
    public static DeviceId Of(DeviceId device, string part) => part.Length == 0 ? device : DeviceId.Parse($"{device}.{part}");

    private static bool AreSeparate(IReadOnlyList<Measured> values)
    {
        for (var i = 1; i < values.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (values[i].Metric == values[j].Metric && values[i].Part == values[j].Part)
                    return false;
            }
        }

        return true;
    }

    /// <summary>Names by the profile come first, so that a number never takes one of them.</summary>
    private static Measured[] Number(IReadOnlyList<Measured> values)
    {
        var numbered = values.ToArray();
        var taken = new HashSet<(string Metric, string Part)>();
        var later = new List<int>();
        for (var i = 0; i < numbered.Length; i++)
        {
            if (!taken.Add((numbered[i].Metric, numbered[i].Part)))
                later.Add(i);
        }

        foreach (var i in later)
        {
            var number = 2;
            while (!taken.Add((numbered[i].Metric, Name(numbered[i].Part, number))))
                number++;
            numbered[i] = numbered[i] with { Part = Name(numbered[i].Part, number) };
        }

        return numbered;
    }

    private static string Name(string part, int number) =>
        (part.Length == 0 ? "" : part + ".") + number.ToString(CultureInfo.InvariantCulture);
}
