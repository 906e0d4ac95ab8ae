using System.Buffers.Binary;

namespace IotGateway.FirmwareSim.Nodes;

/// <summary>Writes the node's frame from PAYLOAD.md alone; the edge's decoder is written apart from the same page.</summary>
internal static class PayloadEncoder
{
    /// <param name="nodeTime">Seconds since 1970-01-01 UTC; 0 when the node has no clock.</param>
    /// <param name="values">By metric; null = the sensor did not answer. A field is sent when one of its metrics is here.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value does not fit its field.</exception>
    /// <exception cref="ArgumentException">A metric has no field.</exception>
    public static byte[] Encode(uint nodeTime, IReadOnlyDictionary<string, double?> values)
    {
        Span<byte> frame = stackalloc byte[64];
        frame[0] = PayloadLayout.Version;
        BinaryPrimitives.WriteUInt32BigEndian(frame[1..], nodeTime);

        ushort bits = 0;
        var length = PayloadLayout.HeaderBytes;
        var known = 0;
        foreach (var field in PayloadLayout.Fields)
        {
            var here = field.Metrics.Count(values.ContainsKey);
            if (here == 0)
                continue;

            known += here;
            bits |= (ushort)(1 << field.Bit);
            foreach (var metric in field.Metrics)
            {
                var raw = values.GetValueOrDefault(metric) is { } value ? field.Raw(value) : field.NoValue;
                for (var shift = (field.Bytes - 1) * 8; shift >= 0; shift -= 8)
                    frame[length++] = (byte)(raw >> shift);
            }
        }

        if (known != values.Count)
            throw new ArgumentException("A metric has no field in the payload.", nameof(values));

        BinaryPrimitives.WriteUInt16BigEndian(frame[5..], bits);
        return frame[..length].ToArray();
    }

    /// <summary>The values a receiver reads from the frame, without those that did not answer.</summary>
    public static IReadOnlyDictionary<string, double> AsSent(IReadOnlyDictionary<string, double?> values)
    {
        var sent = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var field in PayloadLayout.Fields)
        {
            foreach (var metric in field.Metrics)
            {
                if (values.GetValueOrDefault(metric) is { } value)
                    sent.Add(metric, field.AsSent(value));
            }
        }

        return sent;
    }
}
