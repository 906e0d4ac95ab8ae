namespace IotGateway.Telemetry.Wire.Records;

/// <summary>Labels of a SenML record (RFC 8428 §4.3, and our own) as bits, so that all of a record's are one number.</summary>
[Flags]
internal enum SenmlLabel
{
    /// <summary>No label, or one that is not known and may be passed over.</summary>
    None = 0,
    Name = 1 << 0,
    Unit = 1 << 1,
    Value = 1 << 2,
    Text = 1 << 3,
    Boolean = 1 << 4,
    Data = 1 << 5,
    Sum = 1 << 6,
    Time = 1 << 7,
    UpdateTime = 1 << 8,
    Quality = 1 << 9,
    BaseName = 1 << 10,
    BaseTime = 1 << 11,
    BaseUnit = 1 << 12,
    BaseValue = 1 << 13,
    BaseSum = 1 << 14,
    BaseVersion = 1 << 15,
    BaseReceived = 1 << 16,

    /// <summary>One that is not known and must be understood: it ends with <c>_</c> (§4.4).</summary>
    MustUnderstand = 1 << 17,

    /// <summary>A record has one of these, or a sum.</summary>
    Values = Value | Text | Boolean | Data,

    /// <summary>Labels of the record itself; one that has none but bases is no measurement.</summary>
    Own = Name | Unit | Values | Sum | Time | UpdateTime | Quality,
    Bases = BaseName | BaseTime | BaseUnit | BaseValue | BaseSum | BaseVersion | BaseReceived,
}
