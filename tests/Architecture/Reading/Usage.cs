using Mono.Cecil;

namespace IotGateway.Architecture.Tests.Reading;

/// <summary>Types and members that the compiled product uses from elsewhere than themselves.</summary>
internal sealed class Usage
{
    private readonly HashSet<IMemberDefinition> _used = [];

    public Usage(IEnumerable<ModuleDefinition> modules)
    {
        foreach (var type in modules.SelectMany(m => m.GetTypes()))
            AddUses(type);
    }

    public bool Has(IMemberDefinition member) => _used.Contains(member);

    private void AddUses(TypeDefinition type)
    {
        foreach (var used in Uses.Of(type).Where(u => !IsWithin(type, u)))
            _used.Add(used);
        foreach (var method in type.Methods.Where(m => m.HasBody))
        {
            foreach (var member in method.Body.Instructions.Select(i => i.Operand).OfType<MemberReference>())
                AddMember(method, member);
        }

        IEnumerable<ICustomAttributeProvider> marked = [type, .. type.Methods, .. type.Properties];
        foreach (var attribute in marked.SelectMany(m => m.CustomAttributes))
            AddAttribute(attribute);
    }

    private void AddMember(MethodDefinition user, MemberReference member)
    {
        if (member is not TypeReference && Compiled.IsOurs(member.DeclaringType) && member.Resolve() is { } used && used != user)
            _used.Add(used);
    }

    private void AddAttribute(CustomAttribute attribute)
    {
        if (!Compiled.IsOurs(attribute.AttributeType) || attribute.AttributeType.Resolve() is not { } type)
            return;
        _used.Add(attribute.Constructor.Resolve());
        _used.UnionWith(type.Properties.Where(p => attribute.Properties.Any(a => a.Name == p.Name)));
    }

    private static bool IsWithin(TypeDefinition type, TypeDefinition outer) =>
        type == outer || (type.DeclaringType is { } next && IsWithin(next, outer));
}
