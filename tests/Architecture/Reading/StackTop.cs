using Mono.Cecil;
using Mono.Cecil.Cil;

namespace IotGateway.Architecture.Tests.Reading;

/// <summary>Static type of the value that lies on top of the stack, as the instruction that pushed it tells.</summary>
internal static class StackTop
{
    /// <summary>The type of the value that an instruction takes, or none where its predecessor does not tell.</summary>
    public static TypeReference? Before(Instruction instruction, MethodDefinition method) =>
        instruction.Previous is { } previous ? Pushed(previous, method) : null;

    private static TypeReference? Pushed(Instruction instruction, MethodDefinition method)
    {
        var code = instruction.OpCode.Code;
        return instruction.Operand switch
        {
            _ when code is Code.Dup or Code.Nop => Before(instruction, method),
            _ when code is >= Code.Ldarg_0 and <= Code.Ldarg_3 => Argument(method, code - Code.Ldarg_0),
            _ when code is >= Code.Ldloc_0 and <= Code.Ldloc_3 => method.Body.Variables[code - Code.Ldloc_0].VariableType,
            ParameterDefinition parameter => parameter.ParameterType,
            VariableDefinition variable when code is Code.Ldloc or Code.Ldloc_S => variable.VariableType,
            FieldReference field => Closed(field.FieldType, field.DeclaringType, method: null),
            MethodReference made when code is Code.Newobj => made.DeclaringType,
            MethodReference called => Closed(called.ReturnType, called.DeclaringType, called as GenericInstanceMethod),
            TypeReference cast when code is Code.Castclass or Code.Isinst => cast,
            _ => null,
        };
    }

    private static TypeReference Argument(MethodDefinition method, int at)
    {
        if (method.HasThis)
            return at == 0 ? method.DeclaringType : method.Parameters[at - 1].ParameterType;
        return method.Parameters[at].ParameterType;
    }

    /// <summary>A type with the type arguments of its owner in the place of its parameters, as far as it is a parameter itself.</summary>
    private static TypeReference Closed(TypeReference type, TypeReference owner, GenericInstanceMethod? method) => type switch
    {
        GenericParameter { Type: GenericParameterType.Method } own when method is not null => method.GenericArguments[own.Position],
        GenericParameter { Type: GenericParameterType.Type } own when owner is GenericInstanceType of => of.GenericArguments[own.Position],
        _ => type,
    };
}
