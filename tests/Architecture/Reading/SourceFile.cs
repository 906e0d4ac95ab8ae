using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IotGateway.Architecture.Tests.Reading;

/// <summary>Source file of the repository, C# or Razor; the syntax of a Razor file is empty.</summary>
internal sealed class SourceFile
{
    private readonly Lazy<SyntaxTree> _tree;

    public SourceFile(string path, string text)
    {
        Path = path;
        Text = text;
        _tree = new(() => CSharpSyntaxTree.ParseText(IsRazor ? "" : text, path: path));
    }

    /// <summary>Path relative to the repository's root, with slashes.</summary>
    public string Path { get; }

    public string Text { get; }

    public string Folder => Path[..Path.LastIndexOf('/')];

    public bool IsRazor => Path.EndsWith(".razor", StringComparison.Ordinal);

    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    public SyntaxTree Tree => _tree.Value;

    public SyntaxNode Syntax => Tree.GetRoot();

    /// <summary>Nodes of one kind in the order of the file.</summary>
    public IEnumerable<T> All<T>() where T : SyntaxNode => Syntax.DescendantNodes(descendIntoTrivia: false).OfType<T>();

    /// <summary>Path and line of a node.</summary>
    public string Where(SyntaxNode node) => $"{Path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";

    /// <summary>Path and line of a character of the text.</summary>
    public string Where(int at) => $"{Path}:{Text.AsSpan(0, at).Count('\n') + 1}";
}
