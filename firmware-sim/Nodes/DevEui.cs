using System.Globalization;

namespace IotGateway.FirmwareSim.Nodes;

/// <summary>A node's LoRaWAN identity: 64 bits, written as 16 lower-case hex digits.</summary>
/// <remarks>The tag's decimal digits are written as they are, so that <c>0004a30b00003627</c> is read as hive 3627.</remarks>
internal readonly record struct DevEui(string Hex)
{
    /// <summary>In no one's range: what an unknown device sends under.</summary>
    public static readonly DevEui Unknown = new("ffffffffffff0001");

    public static DevEui OfRecorded(int hive) => new(string.Create(CultureInfo.InvariantCulture, $"0004a30b00{hive:D6}"));

    public static DevEui OfSynthetic(int number) => new(string.Create(CultureInfo.InvariantCulture, $"0004a30b009{number:D5}"));

    public static DevEui OfColony(int number) => new(string.Create(CultureInfo.InvariantCulture, $"0004a30b008{number:D5}"));

    public override string ToString() => Hex;
}
