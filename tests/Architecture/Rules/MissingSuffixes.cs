using IotGateway.Architecture.Tests.Reading;
using Mono.Cecil;

namespace IotGateway.Architecture.Tests.Rules;

/// <summary>
/// Methods and local functions of the product that return a task or a stream of values and are not called …Async. Overrides and
/// implementations are judged where they are declared, which may be outside the repository.
/// </summary>
internal static class MissingSuffixes
{
    private static readonly string[] Awaited = ["Task", "Task`1", "ValueTask", "ValueTask`1", "IAsyncEnumerable`1"];

    public static IEnumerable<Violation> Find(Checkout checkout) =>
        from method in checkout.Modules.SelectMany(m => m.GetTypes()).Where(IsWritten).SelectMany(t => t.Methods)
        where Awaited.Contains(method.ReturnType.Name) && IsDeclaredHere(method)
        let name = WrittenName(method.Name)
        where name is not null && !name.EndsWith("Async", StringComparison.Ordinal)
        select new Violation($"{Compiled.Outermost(method.DeclaringType).FullName}.{name}", Where.Of(method), $"expected {name}Async");

    private static bool IsWritten(TypeDefinition type) => type.BaseType?.Name != "MulticastDelegate";

    private static bool IsDeclaredHere(MethodDefinition method) => !method.IsSpecialName && !method.HasOverrides
        && (!method.IsVirtual || (method.IsNewSlot && !method.IsFinal))
        && !method.CustomAttributes.Any(a => a.AttributeType.Name == "GeneratedCodeAttribute");

    /// <summary>A method's name as it stands in the source; a local function's is hidden in its own, a lambda has none.</summary>
    private static string? WrittenName(string name)
    {
        if (!name.StartsWith('<'))
            return name;
        var local = name.LastIndexOf(">g__", StringComparison.Ordinal);
        return local < name.LastIndexOf(">b__", StringComparison.Ordinal) || local < 0 ? null : name[(local + 4)..name.IndexOf('|', local)];
    }
}
