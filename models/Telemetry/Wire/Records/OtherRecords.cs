namespace IotGateway.Telemetry.Wire.Records;

/// <summary>Number of a pack's records that are no readings, by the kind of what they hold: they are kept out, the rest is read.</summary>
/// <param name="Text">Records with a text (<c>vs</c>).</param>
/// <param name="Boolean">Records with a truth value (<c>vb</c>).</param>
/// <param name="Data">Records with bytes (<c>vd</c>).</param>
/// <param name="Sum">Records with a sum over time (<c>s</c>) and no value.</param>
public readonly record struct OtherRecords(int Text, int Boolean, int Data, int Sum)
{
    /// <summary>The kinds by name: <c>text</c>, <c>boolean</c>, <c>data</c>, <c>sum</c>; only those that occurred.</summary>
    public IEnumerable<(string Kind, int Count)> ByKind() =>
        new[] { ("text", Text), ("boolean", Boolean), ("data", Data), ("sum", Sum) }.Where(k => k.Item2 > 0);

    /// <summary>The counts with one record more.</summary>
    internal OtherRecords And(SenmlLabel value) => value switch
    {
        SenmlLabel.Text => this with { Text = Text + 1 },
        SenmlLabel.Boolean => this with { Boolean = Boolean + 1 },
        SenmlLabel.Data => this with { Data = Data + 1 },
        _ => this with { Sum = Sum + 1 },
    };
}
