"""Why the system refused something, in words: what Python gives is in the system's language, often English."""

import errno

from core.i18n import _

_WORDS = {
    errno.EACCES: _("没有权限"),
    errno.EPERM: _("没有权限"),
    errno.EROFS: _("磁盘是只读的"),
    errno.ENOSPC: _("磁盘空间不足"),
    errno.EDQUOT: _("超出了磁盘配额"),
    errno.EFBIG: _("文件太大"),
    errno.ENOENT: _("文件或文件夹不存在"),
    errno.ENOTDIR: _("这个位置不是文件夹"),
    errno.EISDIR: _("这是一个文件夹"),
    errno.EEXIST: _("同名的文件或文件夹已经存在"),
    errno.ENOTEMPTY: _("文件夹不是空的"),
    errno.EBUSY: _("正被另一个程序使用"),
    errno.ETXTBSY: _("正被另一个程序使用"),
    errno.EIO: _("磁盘出错"),
    errno.ENODEV: _("磁盘或U盘已经断开"),
    errno.ENXIO: _("磁盘或U盘已经断开"),
    errno.ENAMETOOLONG: _("名称太长"),
    errno.EINVAL: _("名称中有这个磁盘不支持的字符"),
    errno.EMFILE: _("打开的文件太多"),
}
_USED_ELSEWHERE = (32, 33)  # of Windows: a file that another program holds


def reason(error: OSError) -> str:
    """The reason of an error of the system, without a full stop; what is not known here in the system's own words."""
    if getattr(error, "winerror", None) in _USED_ELSEWHERE:
        return _WORDS[errno.EBUSY]
    return _WORDS.get(error.errno or 0) or error.strerror or str(error)
