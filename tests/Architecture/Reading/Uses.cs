using Mono.Cecil;
using Mono.Cecil.Cil;

namespace IotGateway.Architecture.Tests.Reading;

/// <summary>Types that a type uses, read from its signatures, attributes and the code of its methods. Constants leave no trace.</summary>
internal sealed class Uses
{
    private readonly HashSet<TypeReference> _found = [];

    /// <summary>The definitions of the types used by a type itself, not by those nested in it, as far as they can be found.</summary>
    public static IEnumerable<TypeDefinition> Of(TypeDefinition type)
    {
        var uses = new Uses();
        uses.AddType(type);
        return uses._found.Select(f => f.Resolve()).OfType<TypeDefinition>().Distinct();
    }

    private void AddType(TypeDefinition type)
    {
        Add(type.BaseType);
        AddAll(type.Interfaces.Select(i => i.InterfaceType));
        AddAll(type.Fields.Select(f => f.FieldType));
        AddGeneric(type);
        AddAttributes([type, .. type.Fields, .. type.Properties]);
        foreach (var method in type.Methods)
            AddMethod(method);
    }

    private void AddMethod(MethodDefinition method)
    {
        Add(method.ReturnType);
        AddAll(method.Parameters.Select(p => p.ParameterType));
        AddGeneric(method);
        AddAttributes([method, .. method.Parameters]);
        if (!method.HasBody)
            return;
        AddAll(method.Body.Variables.Select(v => v.VariableType));
        AddAll(method.Body.ExceptionHandlers.Select(h => h.CatchType));
        foreach (var instruction in method.Body.Instructions)
            AddOperand(instruction);
    }

    private void AddOperand(Instruction instruction)
    {
        if (instruction.Operand is TypeReference type)
            Add(type);
        else if (instruction.Operand is MemberReference member)
            Add(member.DeclaringType);
        if (instruction.Operand is GenericInstanceMethod generic)
            AddAll(generic.GenericArguments);
    }

    private void AddGeneric(IGenericParameterProvider declared) =>
        AddAll(declared.GenericParameters.SelectMany(p => p.Constraints).Select(c => c.ConstraintType));

    private void AddAttributes(IEnumerable<ICustomAttributeProvider> declared)
    {
        foreach (var attribute in declared.SelectMany(d => d.CustomAttributes))
        {
            Add(attribute.AttributeType);
            AddAll(attribute.ConstructorArguments.Select(a => a.Value as TypeReference));
        }
    }

    private void AddAll(IEnumerable<TypeReference?> types)
    {
        foreach (var type in types)
            Add(type);
    }

    private void Add(TypeReference? type)
    {
        if (type is null or GenericParameter)
            return;
        if (type is GenericInstanceType generic)
            AddAll(generic.GenericArguments);
        if (type is TypeSpecification built)
            Add(built.ElementType);
        else if (Compiled.IsOurs(type))
            _found.Add(type);
    }
}
