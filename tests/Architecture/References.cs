using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Emit;

namespace IotGateway.Architecture.Tests;

/// <summary>Types that a type uses, read from its signatures and from the code of its methods.</summary>
internal static class References
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private static readonly FrozenDictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToFrozenDictionary(o => o.Value);

    public static IEnumerable<Type> Of(Type type)
    {
        var used = new HashSet<Type>();
        Add(used, type.BaseType);
        foreach (var implemented in type.GetInterfaces())
            Add(used, implemented);
        foreach (var field in type.GetFields(Everything))
            Add(used, field.FieldType);
        foreach (var method in type.GetMethods(Everything).Cast<MethodBase>().Concat(type.GetConstructors(Everything)))
        {
            Add(used, (method as MethodInfo)?.ReturnType);
            foreach (var parameter in method.GetParameters())
                Add(used, parameter.ParameterType);
            AddBody(used, method);
        }

        return used;
    }

    /// <summary>The methods that a type's code calls.</summary>
    public static IEnumerable<MethodBase> Calls(Type type)
    {
        var called = new HashSet<MethodBase>();
        foreach (var method in type.GetMethods(Everything).Cast<MethodBase>().Concat(type.GetConstructors(Everything)))
            Read(method, member => _ = member is MethodBase found && called.Add(found));
        return called;
    }

    private static void AddBody(HashSet<Type> used, MethodBase method)
    {
        foreach (var local in method.GetMethodBody()?.LocalVariables ?? [])
            Add(used, local.LocalType);
        Read(method, member => AddMember(used, member));
    }

    private static void Read(MethodBase method, Action<MemberInfo?> visit)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
            return;

        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? unchecked((short)(0xFE00 | code[at + 1])) : code[at];
            at += code[at] == 0xFE ? 2 : 1;
            var operand = OpCodesByValue[value].OperandType;
            switch (operand)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    visit(Member(method, BitConverter.ToInt32(code, at)));
                    at += 4;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + (4 * BitConverter.ToInt32(code, at));
                    break;
                default:
                    at += operand switch
                    {
                        OperandType.InlineNone => 0,
                        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                        OperandType.InlineVar => 2,
                        OperandType.InlineI8 or OperandType.InlineR => 8,
                        _ => 4,
                    };
                    break;
            }
        }
    }

    private static MemberInfo? Member(MethodBase method, int token)
    {
        var typeArguments = method.DeclaringType is { IsGenericType: true } declaring ? declaring.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.Module.ResolveMember(token, typeArguments, methodArguments);
    }

    private static void AddMember(HashSet<Type> used, MemberInfo? member)
    {
        switch (member)
        {
            case Type type:
                Add(used, type);
                break;
            case MethodBase called:
                Add(used, called.DeclaringType);
                foreach (var argument in called.IsGenericMethod ? called.GetGenericArguments() : [])
                    Add(used, argument);
                break;
            case FieldInfo field:
                Add(used, field.DeclaringType);
                break;
        }
    }

    private static void Add(HashSet<Type> used, Type? type)
    {
        if (type is null || type.IsGenericParameter || !used.Add(type))
            return;
        if (type.HasElementType)
            Add(used, type.GetElementType());
        foreach (var argument in type.IsGenericType ? type.GetGenericArguments() : [])
            Add(used, argument);
    }
}
