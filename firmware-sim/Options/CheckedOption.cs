using System.CommandLine;

namespace IotGateway.FirmwareSim.Options;

internal delegate bool TryRead<T>(string text, out T value);

/// <summary>An option whose error names the option, the value and what was expected.</summary>
internal static class CheckedOption
{
    public static Option<T> Create<T>(
        string name, string helpName, string description, T defaultValue, string expectation, TryRead<T> tryRead) =>
        new(name)
        {
            HelpName = helpName,
            Description = description,
            Arity = ArgumentArity.ExactlyOne,
            DefaultValueFactory = _ => defaultValue,
            CustomParser = argument =>
            {
                var text = argument.Tokens[0].Value;
                if (tryRead(text, out var value))
                    return value;

                argument.AddError($"{name}: '{text}' cannot be used; expected {expectation}.");
                return default;
            },
        };
}
