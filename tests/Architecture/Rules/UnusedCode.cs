using IotGateway.Architecture.Tests.Reading;
using Mono.Cecil;

namespace IotGateway.Architecture.Tests.Rules;

/// <summary>
/// Types and members of the product, private ones aside, that no code of the product uses: only tests do, or nobody. Not judged is what the
/// framework calls for us: entry points, overrides and implementations, properties with attributes, what records are made of, and the
/// one constructor of a type.
/// </summary>
internal static class UnusedCode
{
    public static IEnumerable<Violation> Find(Checkout checkout)
    {
        var usage = new Usage(checkout.Modules);
        var product = new Words(checkout.ProductSources);
        var tests = new Words(checkout.Sources.Where(s => s.IsTest));
        return checkout.Modules.SelectMany(m => m.GetTypes()).Where(IsWritten).SelectMany(t => Unused(t, usage, product))
            .Select(u => new Violation(Name(u), Place(u), tests.Count(Word(u)) > 0 ? "used by tests alone" : "used by nothing"));
    }

    private static IEnumerable<IMemberDefinition> Unused(TypeDefinition type, Usage usage, Words product)
    {
        if (!usage.Has(type) && !(type.Fields.Any(f => f.HasConstant) && product.Count(Word(type)) > 1))
            return [type];
        var methods = type.Methods.Where(m => IsJudged(m) && !usage.Has(m)).Cast<IMemberDefinition>();
        var properties = type.Properties.Where(p => IsJudged(p) && !Accessors(p).Any(usage.Has));
        var fields = type.Fields.Where(f => !f.IsPrivate && !f.IsSpecialName && !Compiled.IsGenerated(f, f.Name))
            .Where(f => f.HasConstant ? product.Count(f.Name) <= 1 : !usage.Has(f));
        return methods.Concat(properties).Concat(fields);
    }

    private static bool IsWritten(TypeDefinition type) => type.Name is not ("<Module>" or "Program" or "_Imports")
        && type.Namespace.StartsWith("IotGateway.", StringComparison.Ordinal) | type.IsNested
        && !Compiled.IsGenerated(type, type.Name) && !(type.DeclaringType is { } outer && !IsWritten(outer));

    private static bool IsJudged(MethodDefinition method) =>
        !method.IsPrivate && !method.IsGetter && !method.IsSetter && !method.HasOverrides
        && !(method.IsVirtual && (method.IsReuseSlot || method.IsFinal))
        && !Compiled.IsGenerated(method, method.Name)
        && method.DeclaringType.BaseType?.Name != "MulticastDelegate" && method.Name is not (".cctor" or "Deconstruct")
        && (!method.IsConstructor || method.DeclaringType.Methods.Count(m => m.IsConstructor && !m.IsStatic && !m.IsPrivate) > 1);

    private static bool IsJudged(PropertyDefinition property) => property.Name != "EqualityContract"
        && property.CustomAttributes.All(a => a.AttributeType.Namespace == "System.Runtime.CompilerServices")
        && Accessors(property).All(a => !a.IsPrivate && !a.HasOverrides && !(a.IsVirtual && (a.IsReuseSlot || a.IsFinal)));

    private static IEnumerable<MethodDefinition> Accessors(PropertyDefinition property) =>
        new[] { property.GetMethod, property.SetMethod }.OfType<MethodDefinition>();

    private static string Name(IMemberDefinition member) =>
        member is TypeDefinition type ? type.FullName : $"{member.DeclaringType.FullName}.{member.Name}";

    private static string Place(IMemberDefinition member) => member switch
    {
        TypeDefinition type => Where.Of(type),
        MethodDefinition method => Where.Of(method),
        PropertyDefinition property => Where.Of(Accessors(property).First()),
        _ => Where.Of(member.DeclaringType),
    };

    /// <summary>A member's name as code writes it.</summary>
    private static string Word(IMemberDefinition member) =>
        (member is MethodDefinition { IsConstructor: true } made ? made.DeclaringType.Name : member.Name).Split('`')[0];
}
