using IotGateway.Architecture.Tests.Reading;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace IotGateway.Architecture.Tests.Rules;

/// <summary>
/// Casts and type tests of a value known by one of our interfaces to one of our classes behind it: whoever does that needs more than the
/// interface says. The value's type is that which the instruction before the cast leaves; where that cannot be told, the cast counts.
/// </summary>
internal static class InterfaceCasts
{
    public static IEnumerable<Violation> Find(Checkout checkout) =>
        checkout.Modules.SelectMany(m => m.GetTypes()).SelectMany(t => t.Methods).Where(m => m.HasBody).SelectMany(Casts);

    private static IEnumerable<Violation> Casts(MethodDefinition method) =>
        from instruction in method.Body.Instructions
        where instruction.OpCode.Code is Code.Castclass or Code.Isinst
        let target = Ours(instruction.Operand as TypeReference)
        where target is { IsInterface: false } && Interfaces(target).Any()
        let value = StackTop.Before(instruction, method)
        let known = Ours(value)
        where value is null || (known is { IsInterface: true } && Interfaces(target).Contains(known))
        let owner = Compiled.Outermost(method.DeclaringType)
        select new Violation($"{owner.FullName} → {target.Name}", Where.Of(method, instruction),
            $"{known?.Name ?? "a value of a type that cannot be told"} cast to {target.Name}");

    private static TypeDefinition? Ours(TypeReference? type) =>
        type is not (null or GenericParameter or ArrayType) && Compiled.IsOurs(type) ? type.Resolve() : null;

    private static IEnumerable<TypeDefinition> Interfaces(TypeDefinition type) =>
        type.Interfaces.Select(i => Ours(i.InterfaceType)).OfType<TypeDefinition>().SelectMany(i => Interfaces(i).Prepend(i))
            .Concat(Ours(type.BaseType) is { } parent ? Interfaces(parent) : []);
}
