using Mono.Cecil;
using Mono.Cecil.Cil;

namespace IotGateway.Architecture.Tests.Reading;

/// <summary>Place of a type or method in the source: file and line where the symbols know them, the full name otherwise.</summary>
internal static class Where
{
    private static readonly string[] Tops = ["/edge/", "/cloud/", "/models/", "/firmware-sim/", "/tests/"];

    public static string Of(TypeDefinition type) =>
        First(type.Methods.Concat(type.NestedTypes.SelectMany(n => n.Methods))) ?? type.FullName;

    public static string Of(MethodDefinition method) =>
        First([method, .. Machine(method)]) ?? $"{method.DeclaringType.FullName}.{method.Name}";

    /// <summary>The last place that the symbols name before an instruction.</summary>
    public static string Of(MethodDefinition method, Instruction at)
    {
        var points = method.DebugInformation.SequencePoints;
        return points.LastOrDefault(p => !p.IsHidden && p.Offset <= at.Offset) is { } point ? Text(point) : Of(method);
    }

    private static string? First(IEnumerable<MethodDefinition> methods) => methods.SelectMany(m => m.DebugInformation.SequencePoints)
        .Where(p => !p.IsHidden && !p.Document.Url.Contains("/obj/", StringComparison.Ordinal))
        .OrderBy(p => p.StartLine).Select(Text).FirstOrDefault();

    /// <summary>The code of an async method or an iterator stands in a type of its own.</summary>
    private static IEnumerable<MethodDefinition> Machine(MethodDefinition method) => method.CustomAttributes
        .Where(a => a.AttributeType.Name.EndsWith("StateMachineAttribute", StringComparison.Ordinal))
        .SelectMany(a => ((TypeReference)a.ConstructorArguments[0].Value).Resolve().Methods);

    private static string Text(SequencePoint point)
    {
        var path = point.Document.Url.Replace('\\', '/');
        var at = Tops.Select(t => path.IndexOf(t, StringComparison.Ordinal)).Where(i => i >= 0).DefaultIfEmpty(-1).Min();
        return $"{path[(at + 1)..]}:{point.StartLine}";
    }
}
