using IotGateway.Architecture.Tests.Reading;

namespace IotGateway.Architecture.Tests.Rules;

/// <summary>Folders with more source files, C# or Razor, than their listing shows as one idea.</summary>
internal static class FullFolders
{
    public const int Most = 12;

    public static IEnumerable<Violation> Find(Checkout checkout) => checkout.Sources.CountBy(s => s.Folder).Where(f => f.Value > Most)
        .Select(f => new Violation(f.Key, f.Key, $"{f.Value} source files"));
}
